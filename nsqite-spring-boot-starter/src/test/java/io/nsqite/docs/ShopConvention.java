package io.nsqite.docs;

import io.micrometer.common.KeyValues;
import io.nsqite.spring.observation.DefaultProcessObservationConvention;
import io.nsqite.spring.observation.ProcessContext;
import org.springframework.stereotype.Component;

@Component
class ShopConvention extends DefaultProcessObservationConvention {

    @Override
    public KeyValues getLowCardinalityKeyValues(ProcessContext context) {
        return super.getLowCardinalityKeyValues(context).and("shop", "berlin");
    }
}
