/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From a batch to committed rows: bodies are read and rows are encoded on the callers' threads; one writer at a time
 * looks the sequences up, copies what is new and commits. The commit is the answer to the publisher.
 */
@NullMarked
package dev.defender.backend.ingest;

import org.jspecify.annotations.NullMarked;
