package io.nsqite.sample.action;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What users do with content. */
public enum ActionType {
    /** They looked at it. */
    @JsonProperty("view")
    VIEW,
    /** They like it. */
    @JsonProperty("like")
    LIKE,
    /** They want to find it again. */
    @JsonProperty("favorite")
    FAVORITE
}
