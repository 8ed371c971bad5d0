package io.nsqite.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/** Whether something is missing that webhooks post with. */
final class OnNoWebhookClient extends NoneNestedConditions {

    static final String CLIENT = "org.springframework.web.client.RestClient";
    static final String JSON = "tools.jackson.databind.json.JsonMapper";

    OnNoWebhookClient() {
        super(ConfigurationPhase.PARSE_CONFIGURATION);
    }

    @ConditionalOnClass(name = {CLIENT, JSON})
    static class Client {}
}
