package io.nsqite.store;

import java.util.List;

/**
 * Ids as one parameter: a statement for many costs little more than one for a single id. To be used as
 * {@code IN (SELECT value FROM json_each(?))}.
 */
final class IdList {

    private IdList() {}

    /** The ids as a JSON array. */
    static String of(List<Long> ids) {
        StringBuilder json = new StringBuilder(ids.size() * 8 + 2).append('[');
        for (int i = 0; i < ids.size(); i++) {
            json.append(i == 0 ? "" : ",").append(ids.get(i).longValue());
        }
        return json.append(']').toString();
    }
}
