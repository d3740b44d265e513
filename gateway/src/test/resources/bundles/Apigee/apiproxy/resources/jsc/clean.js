context.removeVariable("request.header.x-internal");
