package io.imaint.gateway.wire;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Header lines in two arrays: a message has few, so looking at each is faster than hashing names. What the parser has
 * checked is added unchecked; what others set is checked.
 */
final class HeaderLines extends HttpHeaders {
    private static final int USUAL = 12;

    private String[] names = new String[USUAL];
    private String[] values = new String[USUAL];
    private int size;

    /** Adds a line that the parser has checked. */
    void addChecked(String name, String value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
    }

    String name(int line) {
        return names[line];
    }

    String value(int line) {
        return values[line];
    }

    private static String checkedName(String name) {
        if (!Bytes.isToken(name)) {
            throw new IllegalArgumentException("'%s' is no name of a header".formatted(name.strip()));
        }
        return name;
    }

    private static String checkedValue(Object value) {
        var text = String.valueOf(value);
        if (!Bytes.isField(text)) {
            throw new IllegalArgumentException("a header's value has control characters");
        }
        return text;
    }

    private int find(String name, int from) {
        for (int at = from; at < size; at++) {
            var one = names[at];
            if (one.length() == name.length() && one.equalsIgnoreCase(name)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public @Nullable String get(String name) {
        int at = find(name, 0);
        return at < 0 ? null : values[at];
    }

    @Override
    public List<String> getAll(String name) {
        var all = new ArrayList<String>(1);
        for (int at = find(name, 0); at >= 0; at = find(name, at + 1)) {
            all.add(values[at]);
        }
        return all;
    }

    @Override
    public boolean contains(String name) {
        return find(name, 0) >= 0;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<Entry<String, String>> entries() {
        var entries = new ArrayList<Entry<String, String>>(size);
        for (int at = 0; at < size; at++) {
            entries.add(new SimpleImmutableEntry<>(names[at], values[at]));
        }
        return entries;
    }

    @Override
    @SuppressWarnings("deprecation") // Nobody needs it, but each kind of headers must have it.
    public Iterator<Entry<String, String>> iterator() {
        return entries().iterator();
    }

    @Override
    public Iterator<Entry<CharSequence, CharSequence>> iteratorCharSequence() {
        var entries = new ArrayList<Entry<CharSequence, CharSequence>>(size);
        for (int at = 0; at < size; at++) {
            entries.add(Map.entry(names[at], values[at]));
        }
        return entries.iterator();
    }

    @Override
    public Set<String> names() {
        return new LinkedHashSet<>(Arrays.asList(names).subList(0, size));
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        addChecked(checkedName(name), checkedValue(value));
        return this;
    }

    @Override
    public HttpHeaders add(String name, Iterable<?> several) {
        for (var value : several) {
            add(name, value);
        }
        return this;
    }

    @Override
    public HttpHeaders set(String name, Object value) {
        var text = checkedValue(value);
        int at = find(name, 0);
        if (at < 0) {
            return add(name, text);
        }
        values[at] = text;
        removeFrom(name, at + 1);
        return this;
    }

    @Override
    public HttpHeaders set(String name, Iterable<?> several) {
        remove(name);
        return add(name, several);
    }

    @Override
    public HttpHeaders remove(String name) {
        removeFrom(name, 0);
        return this;
    }

    private void removeFrom(String name, int from) {
        int at = find(name, from);
        if (at < 0) {
            return;
        }
        int kept = at;
        for (; at < size; at++) {
            if (!names[at].equalsIgnoreCase(name)) {
                names[kept] = names[at];
                values[kept++] = values[at];
            }
        }
        size = kept;
    }

    @Override
    public HttpHeaders clear() {
        size = 0;
        return this;
    }

    @Override
    public HttpHeaders copy() {
        var copy = new HeaderLines();
        copy.names = names.clone();
        copy.values = values.clone();
        copy.size = size;
        return copy;
    }

    @Override
    public @Nullable Integer getInt(CharSequence name) {
        var value = get(name.toString());
        return value == null ? null : Integer.valueOf(value);
    }

    @Override
    public int getInt(CharSequence name, int otherwise) {
        var value = getInt(name);
        return value == null ? otherwise : value;
    }

    @Override
    public @Nullable Short getShort(CharSequence name) {
        var value = get(name.toString());
        return value == null ? null : Short.valueOf(value);
    }

    @Override
    public short getShort(CharSequence name, short otherwise) {
        var value = getShort(name);
        return value == null ? otherwise : value;
    }

    /** Nothing here reads times from headers. */
    @Override
    public @Nullable Long getTimeMillis(CharSequence name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getTimeMillis(CharSequence name, long otherwise) {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpHeaders addInt(CharSequence name, int value) {
        return add(name.toString(), Integer.toString(value));
    }

    @Override
    public HttpHeaders addShort(CharSequence name, short value) {
        return add(name.toString(), Short.toString(value));
    }

    @Override
    public HttpHeaders setInt(CharSequence name, int value) {
        return set(name.toString(), Integer.toString(value));
    }

    @Override
    public HttpHeaders setShort(CharSequence name, short value) {
        return set(name.toString(), Short.toString(value));
    }
}
