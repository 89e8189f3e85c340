package io.lexigram.cache.contract;

import org.junit.jupiter.api.Nested;

/**
 * What every backend owes to those who use it. The test of a backend extends this class and says where its fixtures come from;
 * what the backend says it cannot do is skipped by assumptions.
 */
public abstract class BackendContract {

    /** A fixture of its own for each law, closed after it. */
    protected abstract BackendFixture fixture();

    @Nested
    class ReadsAndWrites extends ReadWriteContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Values extends ValueContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Keys extends KeyContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Lifetimes extends LifetimeContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Batches extends BatchContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Invalidations extends InvalidationContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Tags extends TagContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Counters extends CounterContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Numbers extends NumberContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Versions extends VersionContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Loads extends LoadContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class SingleFlights extends SingleFlightContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Fences extends FenceContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Fills extends FillContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Views extends ViewContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Services extends ServiceContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Refusals extends RefusalContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Corruption extends CorruptionContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }

    @Nested
    class Outages extends OutageContract {
        @Override
        BackendFixture fixture() {
            return BackendContract.this.fixture();
        }
    }
}
