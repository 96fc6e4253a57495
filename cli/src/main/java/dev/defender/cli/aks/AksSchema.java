/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members that are known, with their types, in the order in which Azure writes them. */
sealed interface AksSchema {
    AksSchema TEXT = new Scalar(true);
    AksSchema SWITCH = new Scalar(false);

    /** securityProfile.azureDefender, 2021-07-01 to 2022-06-01. */
    Obj LEGACY = new Obj(members("enabled", SWITCH, "logAnalyticsWorkspaceResourceId", TEXT));

    /** securityProfile.defender as of 2026-08-01. */
    Obj DEFENDER = new Obj(members(
            "logAnalyticsWorkspaceResourceId",
            TEXT,
            "securityMonitoring",
            new Obj(members("enabled", SWITCH)),
            "securityGating",
            new Obj(members(
                    "enabled",
                    SWITCH,
                    "identities",
                    new Items(new Obj(members(
                            "azureContainerRegistry",
                            TEXT,
                            "identity",
                            new Obj(members("resourceId", TEXT, "clientId", TEXT, "objectId", TEXT))))),
                    "allowSecretAccess",
                    SWITCH))));

    /** Something that cannot be imported; one clause. */
    final class Unusable extends Exception {
        Unusable(String clause) {
            super(clause);
        }
    }

    private static Map<String, AksSchema> members(Object... namesAndSchemas) {
        Map<String, AksSchema> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndSchemas.length; i += 2) {
            members.put((String) namesAndSchemas[i], (AksSchema) namesAndSchemas[i + 1]);
        }
        return members;
    }

    /** @param unknown gets the paths of members that are not known; their values are kept */
    @Nullable
    Object value(String path, JsonNode node, List<String> unknown) throws Unusable;

    /** A text or a switch. */
    record Scalar(boolean text) implements AksSchema {
        @Override
        public Object value(String path, JsonNode node, List<String> unknown) throws Unusable {
            if (text ? node.isTextual() : node.isBoolean()) {
                return text ? node.asText() : (Object) node.asBoolean();
            }
            throw new Unusable(path + " must be " + (text ? "a text" : "true or false"));
        }
    }

    /** A list. */
    record Items(AksSchema item) implements AksSchema {
        @Override
        public List<Object> value(String path, JsonNode node, List<String> unknown) throws Unusable {
            if (!node.isArray()) {
                throw new Unusable(path + " must be a list");
            }
            List<Object> items = new ArrayList<>();
            for (JsonNode member : node) {
                Object value = item.value(path + "[" + items.size() + "]", member, unknown);
                if (value != null) {
                    items.add(value);
                }
            }
            return items;
        }
    }

    /** An object. Known members get their published spelling and order; null is left out. */
    record Obj(Map<String, AksSchema> members) implements AksSchema {
        Map<String, Object> read(String path, JsonNode node, List<String> unknown) throws Unusable {
            if (!node.isObject()) {
                throw new Unusable(path + " must be an object");
            }
            Map<String, Object> result = new LinkedHashMap<>();
            for (Map.Entry<String, AksSchema> member : members.entrySet()) {
                JsonNode value = Fields.at(node, member.getKey());
                if (!value.isMissingNode()) {
                    Object read = member.getValue().value(path + "." + member.getKey(), value, unknown);
                    if (read != null) {
                        result.put(member.getKey(), read);
                    }
                }
            }
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                boolean known = members.keySet().stream().anyMatch(member.getKey()::equalsIgnoreCase);
                if (!known && !member.getValue().isNull()) {
                    unknown.add(path + "." + member.getKey());
                    result.put(member.getKey(), plain(member.getValue()));
                }
            }
            return result;
        }

        @Override
        public Map<String, Object> value(String path, JsonNode node, List<String> unknown) throws Unusable {
            return read(path, node, unknown);
        }

        private static Object plain(JsonNode node) {
            if (node.isObject()) {
                Map<String, Object> map = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    if (!entry.getValue().isNull()) {
                        map.put(entry.getKey(), plain(entry.getValue()));
                    }
                }
                return map;
            }
            if (node.isArray()) {
                List<Object> list = new ArrayList<>();
                node.forEach(item -> list.add(plain(item)));
                return list;
            }
            return node.isBoolean() ? (Object) node.asBoolean() : node.isNumber() ? node.numberValue() : node.asText();
        }
    }
}
