// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.status;

/**
 * One entry of {@code details.causes}.
 *
 * @param reason for example FieldValueInvalid
 * @param message without the field
 * @param field dotted path
 */
public record Cause(String reason, String message, String field) {
    public static Cause required(String field, String detail) {
        return new Cause(
                "FieldValueRequired", detail.isEmpty() ? "Required value" : "Required value: " + detail, field);
    }

    public static Cause invalid(String field, String value, String detail) {
        return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + detail, field);
    }

    public static Cause invalidText(String field, String value, String detail) {
        return invalid(field, '"' + value + '"', detail);
    }

    public static Cause typeInvalid(String field, String value, String detail) {
        return new Cause("FieldValueTypeInvalid", "Invalid value: " + value + ": " + detail, field);
    }

    public static Cause notSupported(String field, String value, Iterable<String> accepted) {
        StringBuilder list = new StringBuilder();
        for (String each : accepted) {
            list.append(list.isEmpty() ? "" : ", ").append('"').append(each).append('"');
        }
        return new Cause(
                "FieldValueNotSupported", "Unsupported value: \"" + value + "\": supported values: " + list, field);
    }

    public static Cause duplicate(String field, String value) {
        return new Cause("FieldValueDuplicate", "Duplicate value: " + value, field);
    }

    public static Cause forbidden(String field, String detail) {
        return new Cause("FieldValueForbidden", "Forbidden: " + detail, field);
    }

    public static Cause notFound(String field, String value) {
        return new Cause("FieldValueNotFound", "Not found: \"" + value + "\"", field);
    }

    public static Cause tooLong(String field, long limit) {
        return new Cause("FieldValueTooLong", "Too long: may not be more than " + limit + " bytes", field);
    }

    /** The line that stands in the message of an Invalid status. */
    public String line() {
        return field + ": " + message;
    }
}
