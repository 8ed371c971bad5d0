package io.nsqite.sample.action;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes actions. */
@RestController
class ActionController {

    private final ActionService actions;

    ActionController(ActionService actions) {
        this.actions = actions;
    }

    @PostMapping("/actions")
    @ResponseStatus(HttpStatus.CREATED)
    ActionResponse record(@Valid @RequestBody ActionRequest request) {
        return new ActionResponse(actions.record(request).actionId());
    }

    @PostMapping(path = "/actions", params = "fail=true")
    void recordAndFail(@Valid @RequestBody ActionRequest request) {
        actions.recordAndFail(request);
    }
}
