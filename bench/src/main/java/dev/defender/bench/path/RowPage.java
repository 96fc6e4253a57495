/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.path;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of {@code /api/v1/events}: of each row what tells it from every other. Read as a stream of tokens, because at tens
 * of thousands of rows a second the reader would else take the CPU from what is measured.
 *
 * @param next where the next page begins; empty if the page does not say
 */
record RowPage(List<Row> rows, String next) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A row's identity within one node.
     *
     * @param stream producer, epoch and lane
     */
    record Row(String stream, long sequence, long timeBootNanos) {
        /** Whether it is an event's: the bulk lane holds nothing else, and all of them. */
        boolean event() {
            return stream.endsWith("/bulk");
        }
    }

    static RowPage parse(byte[] page) throws IOException {
        List<Row> rows = new ArrayList<>();
        String next = "";
        try (JsonParser json = JSON.createParser(page)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("items")) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        rows.add(item(json));
                    }
                } else if (name.equals("next") && value == JsonToken.VALUE_STRING) {
                    next = json.getText();
                } else {
                    json.skipChildren();
                }
            }
        }
        return new RowPage(rows, next);
    }

    private static Row item(JsonParser json) throws IOException {
        Row row = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean identity = json.currentName().equals("defender");
            json.nextToken();
            if (identity) {
                row = identity(json);
            } else {
                json.skipChildren();
            }
        }
        if (row == null) {
            throw new IOException("a row of the API has no identity");
        }
        return row;
    }

    private static Row identity(JsonParser json) throws IOException {
        String producer = "";
        String epoch = "";
        String lane = "";
        long sequence = 0;
        long time = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "producer" -> producer = json.getText();
                case "epoch" -> epoch = json.getText();
                case "lane" -> lane = json.getText();
                case "sequence" -> sequence = json.getLongValue();
                case "time_boot_ns" -> time = Long.parseLong(json.getText());
                default -> json.skipChildren();
            }
        }
        return new Row(producer + "/" + epoch + "/" + lane, sequence, time);
    }
}
