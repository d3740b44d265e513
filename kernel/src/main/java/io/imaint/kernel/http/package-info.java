/** HTTP: services declare routes as data; one server answers them, guards them and describes them in OpenAPI. */
@NullMarked
package io.imaint.kernel.http;

import org.jspecify.annotations.NullMarked;
