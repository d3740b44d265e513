package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Parameters;
import java.util.List;
import java.util.function.Consumer;

/** What a message has several of by name: headers, parameters of the query, parameters of a form. */
enum MessageField {
    HEADER("Headers", "Header"),
    QUERY_PARAMETER("QueryParams", "QueryParam"),
    FORM_PARAMETER("FormParams", "FormParam");

    private final String list;
    private final String element;

    MessageField(String list, String element) {
        this.list = list;
        this.element = element;
    }

    /** The element around all of them. */
    String list() {
        return list;
    }

    /** The element of one. */
    String element() {
        return element;
    }

    /** Whether a message can have them: a response has no query, and only a form has its parameters. */
    boolean isIn(Message message) {
        return switch (this) {
            case HEADER -> true;
            case QUERY_PARAMETER -> message.isRequest();
            case FORM_PARAMETER -> message.isForm();
        };
    }

    List<String> names(Message message) {
        return switch (this) {
            case HEADER -> message.headers().names();
            case QUERY_PARAMETER -> message.queryParameters().names();
            case FORM_PARAMETER -> message.form().names();
        };
    }

    /** The values of a name one by one. */
    List<String> values(Message message, String name) {
        return switch (this) {
            case HEADER -> message.headers().values(name);
            case QUERY_PARAMETER -> message.queryParameters().values(name);
            case FORM_PARAMETER -> message.form().values(name);
        };
    }

    /** The values of a name as they stand in the message: lines of headers stay whole. */
    List<String> lines(Message message, String name) {
        return this == HEADER ? message.headers().lines().getAll(name) : values(message, name);
    }

    /** Replaces all values of a name; none takes it away. */
    void put(Message message, String name, List<String> values) {
        switch (this) {
            case HEADER -> {
                message.headers().remove(name);
                values.forEach(value -> message.headers().add(name, value));
            }
            case QUERY_PARAMETER -> put(message.changedQuery(), name, values);
            case FORM_PARAMETER -> changeForm(message, form -> put(form, name, values));
        }
    }

    private static void put(Parameters parameters, String name, List<String> values) {
        parameters.remove(name);
        values.forEach(value -> parameters.add(name, value));
    }

    void add(Message message, String name, String value) {
        switch (this) {
            case HEADER -> message.headers().add(name, value);
            case QUERY_PARAMETER -> message.changedQuery().add(name, value);
            case FORM_PARAMETER -> changeForm(message, form -> form.add(name, value));
        }
    }

    void clear(Message message) {
        switch (this) {
            case HEADER -> message.headers().clear();
            case QUERY_PARAMETER -> message.query("");
            case FORM_PARAMETER -> message.form(new Parameters());
        }
    }

    private static void changeForm(Message message, Consumer<Parameters> change) {
        var form = message.form();
        change.accept(form);
        message.form(form);
    }
}
