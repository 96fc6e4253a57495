/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

/**
 * A place in a lane's log.
 *
 * @param segment number of the segment file
 * @param offset bytes from its beginning
 */
public record Position(long segment, long offset) {}
