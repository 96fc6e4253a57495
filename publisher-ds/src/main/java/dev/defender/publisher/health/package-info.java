/* SPDX-License-Identifier: Apache-2.0 */

/** What the publisher says about itself: lines, conditions, and the page that a probe or a scraper reads. */
@NullMarked
package dev.defender.publisher.health;

import org.jspecify.annotations.NullMarked;
