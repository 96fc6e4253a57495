/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.health;

/** Builds a JSON text. By hand for the same reason as {@link MetricsText}. */
public final class JsonText {
    private final StringBuilder json = new StringBuilder(1024);

    /** Begins an object, as an element of an array or as the whole. */
    public JsonText beginObject() {
        separate();
        json.append('{');
        return this;
    }

    public JsonText endObject() {
        json.append('}');
        return this;
    }

    /** Begins an array that is a member of the current object. */
    public JsonText beginArray(String name) {
        name(name);
        json.append('[');
        return this;
    }

    public JsonText endArray() {
        json.append(']');
        return this;
    }

    public JsonText field(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    public JsonText field(String name, boolean value) {
        name(name);
        json.append(value);
        return this;
    }

    @Override
    public String toString() {
        return json.toString();
    }

    private void name(String name) {
        separate();
        quote(name);
        json.append(':');
    }

    private void separate() {
        char last = json.isEmpty() ? '[' : json.charAt(json.length() - 1);
        if (last != '[' && last != '{') {
            json.append(',');
        }
    }

    private void quote(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
