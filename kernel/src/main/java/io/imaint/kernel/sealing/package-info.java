/** Encryption of the secrets that services keep in the store, by a key that is not in the store. */
@NullMarked
package io.imaint.kernel.sealing;

import org.jspecify.annotations.NullMarked;
