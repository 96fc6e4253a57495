/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that a filter can name. A field that a row does not have is absent: only {@code !=} and {@code not} hold. */
public enum Field {
    CLUSTER("cluster", FieldType.TEXT, Rows.ALL),
    NODE("node", FieldType.TEXT, Rows.ALL),
    BOOT_ID("boot_id", FieldType.TEXT, Rows.EVENTS),
    PRODUCER("producer", FieldType.TEXT, Rows.EVENTS),
    EPOCH("epoch", FieldType.INTEGER, Rows.EVENTS),
    LANE("lane", FieldType.INTEGER, Rows.EVENTS),
    SEQUENCE("sequence", FieldType.INTEGER, Rows.EVENTS),
    CLASS("class", FieldType.RECORD_CLASS, Rows.EVENTS),
    RECEIVED("received", FieldType.TIME, Rows.EVENTS),
    TIME("time", FieldType.TIME, Rows.EVENTS),
    CONTAINER("container", FieldType.TEXT, Rows.EVENTS),
    CONTEXT("context", FieldType.CONTEXT, Rows.EVENTS),
    CONTAINER_NAME("container.name", FieldType.TEXT, Rows.EVENTS),
    IMAGE("image", FieldType.TEXT, Rows.ALL),
    NAMESPACE("namespace", FieldType.TEXT, Rows.ALL),
    POD("pod", FieldType.TEXT, Rows.EVENTS),
    PID("pid", FieldType.INTEGER, Rows.EVENTS),
    PROCESS_NAME("process.name", FieldType.TEXT, Rows.EVENTS),
    PROCESS_PATH("process.path", FieldType.TEXT, Rows.EVENTS),
    PROCESS_CMD_LINE("process.cmd_line", FieldType.TEXT, Rows.EVENTS),
    PARENT_PID("parent.pid", FieldType.INTEGER, Rows.EVENTS),
    PARENT_NAME("parent.name", FieldType.TEXT, Rows.EVENTS),
    USER_UID("user.uid", FieldType.INTEGER, Rows.EVENTS),
    FILE_PATH("file.path", FieldType.TEXT, Rows.EVENTS),
    SRC_IP("src.ip", FieldType.ADDRESS, Rows.EVENTS),
    SRC_PORT("src.port", FieldType.INTEGER, Rows.EVENTS),
    DST_IP("dst.ip", FieldType.ADDRESS, Rows.EVENTS),
    DST_PORT("dst.port", FieldType.INTEGER, Rows.EVENTS),
    ALERT_UID("alert_uid", FieldType.TEXT, Rows.ALERTS),
    ALERT_TYPE("alert_type", FieldType.TEXT, Rows.ALERTS),
    RULE("rule", FieldType.TEXT, Rows.ALERTS),
    SEVERITY("severity", FieldType.SEVERITY, Rows.ALERTS),
    DEDUP_KEY("dedup_key", FieldType.TEXT, Rows.ALERTS),
    MESSAGE("message", FieldType.TEXT, Rows.ALERTS),
    RESOURCE("resource", FieldType.TEXT, Rows.OBJECTS),
    KIND("kind", FieldType.TEXT, Rows.OBJECTS),
    NAME("name", FieldType.TEXT, Rows.OBJECTS),
    UID("uid", FieldType.TEXT, Rows.OBJECTS),
    OWNER_KIND("owner.kind", FieldType.TEXT, Rows.OBJECTS),
    OWNER_NAME("owner.name", FieldType.TEXT, Rows.OBJECTS),
    OWNER_UID("owner.uid", FieldType.TEXT, Rows.OBJECTS),
    SERVICE_ACCOUNT("service_account", FieldType.TEXT, Rows.OBJECTS),
    REASON("reason", FieldType.TEXT, Rows.OBJECTS),
    STATE("state", FieldType.TEXT, Rows.OBJECTS),
    FIRST_SEEN("first_seen", FieldType.TIME, Rows.OBJECTS),
    LAST_SEEN("last_seen", FieldType.TIME, Rows.OBJECTS),
    DELETED_AT("deleted_at", FieldType.TIME, Rows.OBJECTS);

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::fieldName, Function.identity()));

    private final String fieldName;
    private final FieldType type;
    private final EnumSet<Rows> rows;

    Field(String fieldName, FieldType type, EnumSet<Rows> rows) {
        this.fieldName = fieldName;
        this.type = type;
        this.rows = rows;
    }

    /** As it is written in a filter. */
    public String fieldName() {
        return fieldName;
    }

    public FieldType type() {
        return type;
    }

    /** Whether rows of that kind have it. */
    public boolean of(Rows kind) {
        return rows.contains(kind);
    }

    static @Nullable Field named(String name) {
        return BY_NAME.get(name);
    }
}
