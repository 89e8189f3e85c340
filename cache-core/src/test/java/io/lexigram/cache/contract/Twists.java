package io.lexigram.cache.contract;

import io.lexigram.cache.contract.Twisted.Twist;
import io.lexigram.cache.spi.EntryStore;
import io.lexigram.cache.spi.StoredEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes that several broken stores have in common. */
final class Twists {

    private Twists() {}

    /** Every entry is written as another one. */
    static UnaryOperator<Twisted<EntryStore>> written(UnaryOperator<StoredEntry> change) {
        Twist one = call -> call.proceedWith(call.arg(0), change.apply(call.arg(1)));
        return store -> store.with("write", one).with("writeIfAbsent", one).with("writeMany", call -> {
            Map<String, StoredEntry> entries = new LinkedHashMap<>();
            call.<Map<String, StoredEntry>>arg(0).forEach((key, entry) -> entries.put(key, change.apply(entry)));
            return call.proceedWith(entries);
        });
    }

    /** Every entry is read as another one. */
    static UnaryOperator<Twisted<EntryStore>> read(UnaryOperator<StoredEntry> change) {
        return store -> store.with("read", call -> {
                    StoredEntry entry = (StoredEntry) call.proceed();
                    return entry == null ? null : change.apply(entry);
                })
                .with("readMany", call -> {
                    Map<String, StoredEntry> entries = new LinkedHashMap<>(entries(call.proceed()));
                    entries.replaceAll((key, entry) -> change.apply(entry));
                    return entries;
                });
    }

    /** Every key is taken for another one. */
    static UnaryOperator<Twisted<EntryStore>> rekeyed(UnaryOperator<String> change) {
        return store -> {
            for (String method :
                    new String[] {"write", "writeIfAbsent", "remove", "contains", "expire", "ttl", "increment", "read"
                    }) {
                store.with(method, call -> {
                    Object[] args = call.args().toArray();
                    args[0] = change.apply(call.arg(0));
                    return call.proceedWith(args);
                });
            }
            return store.with("writeMany", call -> {
                        Map<String, StoredEntry> entries = new LinkedHashMap<>();
                        entries(call.arg(0)).forEach((key, entry) -> entries.put(change.apply(key), entry));
                        return call.proceedWith(entries);
                    })
                    .with("readMany", call -> {
                        Map<String, StoredEntry> found = new LinkedHashMap<>();
                        for (String key : call.<Collection<String>>arg(0)) {
                            StoredEntry entry = store(call).read(change.apply(key), call.arg(1));
                            if (entry != null) {
                                found.put(key, entry);
                            }
                        }
                        return found;
                    })
                    .with("removeMany", call -> {
                        Set<String> keys = new LinkedHashSet<>();
                        call.<Collection<String>>arg(0).forEach(key -> keys.add(change.apply(key)));
                        return call.proceedWith(keys);
                    });
        };
    }

    static EntryStore store(Twisted.Call call) {
        return (EntryStore) call.target();
    }

    @SuppressWarnings("unchecked")
    static Map<String, StoredEntry> entries(Object map) {
        return (Map<String, StoredEntry>) map;
    }
}
