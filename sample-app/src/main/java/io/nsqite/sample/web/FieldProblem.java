package io.nsqite.sample.web;

/**
 * What is wrong with a field.
 *
 * @param field its name
 * @param message what is wrong
 */
record FieldProblem(String field, String message) {

    @Override
    public String toString() {
        return field + " " + message;
    }
}
