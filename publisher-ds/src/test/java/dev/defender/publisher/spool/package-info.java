/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.publisher.spool;

import org.jspecify.annotations.NullMarked;
