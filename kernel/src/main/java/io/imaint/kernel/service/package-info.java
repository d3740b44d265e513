/** Services: what a process is made of; each declares its name, its needs and how it starts. */
@NullMarked
package io.imaint.kernel.service;

import org.jspecify.annotations.NullMarked;
