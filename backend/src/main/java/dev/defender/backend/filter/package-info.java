/* SPDX-License-Identifier: Apache-2.0 */
/** The filter language of the API: text to a typed condition, and that condition to parametrised SQL. */
@NullMarked
package dev.defender.backend.filter;

import org.jspecify.annotations.NullMarked;
