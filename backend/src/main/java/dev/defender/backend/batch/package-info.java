/* SPDX-License-Identifier: Apache-2.0 */
/** What a publisher posts, after authentication: decompression within a budget and the proof of a batch's shape. */
@NullMarked
package dev.defender.backend.batch;

import org.jspecify.annotations.NullMarked;
