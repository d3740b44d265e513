package io.imaint.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoNamespace;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address of a MongoDB as a person writes it: {@code mongodb://user:password@host:27017/database?options}. */
final class MongoAddress {
    private static final String DATABASE = "imaint";

    /** The part between the hosts and the options; user and password come before an @ and may hold no slash. */
    private static final Pattern PATH = Pattern.compile("mongodb(?:\\+srv)?://[^/?]*/([^?]*)(?:\\?.*)?");

    private MongoAddress() {}

    /** Why an address cannot be used, for people and without its password; empty when it can. */
    static Optional<String> finding(String uri) {
        if (!uri.startsWith("mongodb://") && !uri.startsWith("mongodb+srv://")) {
            return Optional.of("it must begin with mongodb:// or mongodb+srv://");
        }
        var path = PATH.matcher(uri);
        if (path.matches() && path.group(1).contains(".")) {
            return Optional.of("the name of the database must not contain a dot");
        }
        try {
            if (uri.startsWith("mongodb://")) { // The other form asks the name server, which is no matter of its form.
                verifyDatabase(new ConnectionString(uri).getDatabase());
            } else if (path.matches()) {
                verifyDatabase(path.group(1));
            }
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.of(String.valueOf(malformed.getMessage()));
        }
    }

    private static void verifyDatabase(@Nullable String name) {
        if (name != null && !name.isEmpty()) {
            MongoNamespace.checkDatabaseNameValidity(name);
        }
    }

    /** The name of the database, the default where the address names none. */
    static String database(ConnectionString address) {
        var name = address.getDatabase();
        return name == null || name.isEmpty() ? DATABASE : name;
    }
}
