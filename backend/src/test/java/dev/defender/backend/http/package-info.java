/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.backend.http;

import org.jspecify.annotations.NullMarked;
