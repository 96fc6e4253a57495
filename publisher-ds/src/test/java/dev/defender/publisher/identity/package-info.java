/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.publisher.identity;

import org.jspecify.annotations.NullMarked;
