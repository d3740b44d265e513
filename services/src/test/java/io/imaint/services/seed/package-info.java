@NullMarked
package io.imaint.services.seed;

import org.jspecify.annotations.NullMarked;
