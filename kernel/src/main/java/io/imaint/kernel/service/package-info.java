/** Services: the parts of a process. Each declares its name, its needs and its start. */
@NullMarked
package io.imaint.kernel.service;

import org.jspecify.annotations.NullMarked;
