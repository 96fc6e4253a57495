/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.source;

/**
 * One rule file.
 *
 * @param name for positions in messages, usually its path
 * @param content YAML
 */
public record RuleSource(String name, String content) {}
