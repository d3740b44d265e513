context.setVariable("myVar.kind", kind());
