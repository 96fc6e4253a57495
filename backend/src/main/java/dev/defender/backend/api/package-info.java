/* SPDX-License-Identifier: Apache-2.0 */
/** The REST API under /api/v1: roles, paging and the JSON shaped on OCSF 1.8.0. */
@NullMarked
package dev.defender.backend.api;

import org.jspecify.annotations.NullMarked;
