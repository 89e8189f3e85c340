CREATE TABLE categories (
    id   BIGINT PRIMARY KEY,
    name VARCHAR(60) NOT NULL
);

CREATE TABLE products (
    id          BIGINT PRIMARY KEY,
    name        VARCHAR(120)   NOT NULL,
    category_id BIGINT         NOT NULL REFERENCES categories (id),
    price       DECIMAL(10, 2) NOT NULL CHECK (price > 0),
    stock       INT            NOT NULL
);

CREATE TABLE orders (
    id        BIGINT PRIMARY KEY,
    placed_on DATE NOT NULL
);
