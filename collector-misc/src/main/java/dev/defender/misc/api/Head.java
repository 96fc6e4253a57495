/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.api;

/**
 * What an answer begins with.
 *
 * @param status HTTP status
 * @param length of the body in bytes; −1 = it comes in chunks
 * @param keepAlive whether the connection takes another request afterwards
 * @param retryAfterSeconds what the server asks for; 0 if it does not
 */
public record Head(int status, long length, boolean keepAlive, int retryAfterSeconds) {}
