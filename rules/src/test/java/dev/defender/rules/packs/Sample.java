/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.packs;

import dev.defender.rules.MapSource;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An event written down in a few words, filled up to what a sensor would deliver. */
record Sample(String text, EventType type, MapSource source) {
    private static final Map<String, Integer> OPEN_MODES =
            Map.of("read", 0, "write", 1, "read-write", 2, "create", 0x41, "truncate", 0x201, "create-truncate", 0x241);
    private static final Set<String> KEYS = Set.of(
            "event",
            "name",
            "exe",
            "exepath",
            "args",
            "cwd",
            "parents",
            "uid",
            "user",
            "loginuid",
            "tty",
            "container",
            "upper",
            "memfd",
            "caps",
            "open",
            "path",
            "result",
            "client",
            "server");

    static Sample of(Map<String, Object> keys) {
        for (String key : keys.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown key " + key + " in " + keys);
            }
        }
        EventType type = EventType.byName(text(keys, "event", ""));
        if (type == null) {
            throw new IllegalArgumentException("unknown event in " + keys);
        }
        MapSource source = new MapSource();
        process(keys, source);
        if (keys.containsKey("path")) {
            open(keys, source);
        }
        if (keys.containsKey("server")) {
            socket(type, keys, source);
        }
        return new Sample(keys.toString(), type, source);
    }

    private static void process(Map<String, Object> keys, MapSource source) {
        List<String> names = new ArrayList<>(List.of(text(keys, "name", "x")));
        if (keys.get("parents") instanceof List<?> parents) {
            parents.forEach(parent -> names.add(String.valueOf(parent)));
        } else {
            names.addAll(List.of("bash", "systemd"));
        }
        String exePath = text(keys, "exepath", "/usr/bin/" + names.get(0));
        source.set(Field.PROC_NAME, names.toArray(String[]::new))
                .set(Field.PROC_EXEPATH, exePath)
                .set(Field.PROC_EXE, text(keys, "exe", exePath))
                .set(Field.PROC_ARGS, text(keys, "args", ""))
                .set(Field.PROC_CWD, text(keys, "cwd", "/root"))
                .set(Field.PROC_PID, 4711, 4000, 1)
                .set(Field.PROC_TTY, number(keys, "tty", 0))
                .set(Field.USER_UID, number(keys, "uid", 0))
                .set(Field.USER_NAME, text(keys, "user", "root"))
                .set(Field.USER_LOGINUID, number(keys, "loginuid", -1))
                .set(Field.CAP_EFFECTIVE, number(keys, "caps", 0))
                .set(Field.PROC_EXE_UPPER_LAYER, flag(keys, "upper"))
                .set(Field.PROC_EXE_MEMFD, flag(keys, "memfd"))
                .set(Field.EVT_RAWRES, number(keys, "result", 0));
        if (keys.containsKey("container")) {
            source.set(Field.CONTAINER_ID, text(keys, "container", ""));
        }
    }

    private static void open(Map<String, Object> keys, MapSource source) {
        Integer flags = OPEN_MODES.get(text(keys, "open", "read"));
        if (flags == null) {
            throw new IllegalArgumentException("unknown open in " + keys);
        }
        source.set(Field.EVT_OPEN_FLAGS, flags)
                .set(Field.EVT_OPEN_MODE, 0644)
                .set(Field.FD_NAME, text(keys, "path", ""));
        boolean failed = number(keys, "result", 0) < 0;
        source.set(Field.FD_NUM, failed ? -1 : 3);
        if (!failed) {
            source.set(Field.FD_TYPECHAR, 'f');
        }
    }

    private static void socket(EventType type, Map<String, Object> keys, MapSource source) {
        String server = text(keys, "server", "");
        source.set(Field.FD_TYPECHAR, server.startsWith("[") ? '6' : '4')
                .set(Field.FD_L4PROTO, 6)
                .set(Field.FD_IS_SERVER, type == EventType.CONNECT ? 0 : 1);
        end(server, Field.FD_SIP, Field.FD_SPORT, source);
        if (type != EventType.LISTEN) {
            String anyClient = server.startsWith("[") ? "[2001:db8::9]:40000" : "10.9.8.7:40000";
            end(text(keys, "client", anyClient), Field.FD_CIP, Field.FD_CPORT, source);
        }
    }

    private static void end(String address, Field ip, Field port, MapSource source) {
        int colon = address.lastIndexOf(':');
        try {
            source.set(ip, InetAddress.getByName(address.substring(0, colon)).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
        source.set(port, Long.parseLong(address.substring(colon + 1)));
    }

    private static String text(Map<String, Object> keys, String key, String otherwise) {
        return String.valueOf(keys.getOrDefault(key, otherwise));
    }

    private static long number(Map<String, Object> keys, String key, long otherwise) {
        return keys.get(key) instanceof Number number ? number.longValue() : otherwise;
    }

    private static long flag(Map<String, Object> keys, String key) {
        return Boolean.TRUE.equals(keys.get(key)) ? 1 : 0;
    }
}
