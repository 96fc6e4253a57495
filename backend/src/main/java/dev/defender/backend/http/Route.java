/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

/**
 * A method and path, who may use it, and what answers.
 *
 * @param template path in which a segment {@code {name}} stands for any one segment
 */
public record Route(String method, String template, Access access, Endpoint endpoint) {}
