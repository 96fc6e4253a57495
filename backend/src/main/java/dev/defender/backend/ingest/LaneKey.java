/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

/** One lane of one stream: what numbers its own records. */
record LaneKey(StreamKey stream, int lane) {}
