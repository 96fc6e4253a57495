/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What shall be in the cluster, as pure functions of profile and configuration. Zero values, empty strings and lists never appear in it: the API server drops them, and server-side apply would see a difference for ever.
 */
@NullMarked
package dev.defender.operator.model;

import org.jspecify.annotations.NullMarked;
