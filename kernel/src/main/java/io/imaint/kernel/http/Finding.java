package io.imaint.kernel.http;

/** What is wrong with one parameter. */
record Finding(
        @About("The parameter's name; empty when several together are wrong.")
        String parameter,

        @About("What is wrong with it.") String reason) {}
