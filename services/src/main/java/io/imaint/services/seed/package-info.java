/** The configuration that an installation starts with, and how a newer one is merged into what a customer made of it. */
@NullMarked
package io.imaint.services.seed;

import org.jspecify.annotations.NullMarked;
