context.setVariable("response.header.x-throttled", "true");
