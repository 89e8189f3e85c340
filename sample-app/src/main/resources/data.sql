-- The catalogue is arithmetic over row numbers: every start creates exactly the same rows.

-- 50 categories.
INSERT INTO categories (id, name)
SELECT n, word
FROM UNNEST(ARRAY[
    'Table Lamp', 'Floor Lamp', 'Pendant Light', 'Wall Light', 'Lantern', 'Candle Holder', 'Stool', 'Footstool', 'Bench', 'Chair',
    'Armchair', 'Rocking Chair', 'Table', 'Side Table', 'Desk', 'Console', 'Shelf', 'Bookcase', 'Sideboard', 'Cabinet',
    'Wardrobe', 'Nightstand', 'Headboard', 'Mirror', 'Clock', 'Picture Frame', 'Vase', 'Planter', 'Bowl', 'Fruit Bowl',
    'Tray', 'Cake Stand', 'Bread Bin', 'Jar', 'Canister', 'Coaster', 'Trivet', 'Napkin Ring', 'Basket', 'Storage Box',
    'Jewellery Box', 'Tissue Box', 'Key Bowl', 'Coat Stand', 'Umbrella Stand', 'Wall Hook', 'Doorstop', 'Bookend', 'Letter Rack', 'Pen Tray'
]) WITH ORDINALITY AS category (word, n);

-- 20 000 products, 400 in each category: 20 styles by 20 materials.
INSERT INTO products (id, name, category_id, price, stock)
SELECT p.x,
       ARRAY[
           'Alpine', 'Classic', 'Coastal', 'Compact', 'Curved', 'Everyday', 'Family', 'Folding', 'Grand', 'Heritage',
           'Loft', 'Low', 'Nordic', 'Plain', 'Rustic', 'Signature', 'Slim', 'Studio', 'Tall', 'Urban'
       ][MOD((p.x - 1) / 50, 20) + 1] || ' ' || ARRAY[
           'Ash', 'Bamboo', 'Beech', 'Birch', 'Brass', 'Cane', 'Cedar', 'Ceramic', 'Cherry', 'Copper',
           'Cork', 'Elm', 'Enamel', 'Glass', 'Marble', 'Oak', 'Slate', 'Steel', 'Stoneware', 'Walnut'
       ][(p.x - 1) / 1000 + 1] || ' ' || (SELECT c.name FROM categories AS c WHERE c.id = MOD(p.x - 1, 50) + 1),
       MOD(p.x - 1, 50) + 1,
       5.95 + MOD(p.x * 7919, 295),
       MOD(p.x * 31, 240)
FROM SYSTEM_RANGE(1, 20000) AS p;

-- 50 000 orders over the two years up to the end of June 2026.
INSERT INTO orders (id, placed_on)
SELECT x, DATEADD('DAY', (x - 1) * 730 / 50000, DATE '2024-07-01')
FROM SYSTEM_RANGE(1, 50000);

-- 200 000 order lines, four to an order. Lines 1, 3 and 4 draw a number below 1 000 003 (a prime) by a multiplicative
-- hash and square it, so that some products sell well and most sell now and then; line 2 is a companion of line 1 from
-- one of the next three categories.
--
-- The table is created full and its keys come afterwards: half the time of inserting rows into indexes.
CREATE TABLE order_lines (
    order_id   BIGINT         NOT NULL,
    line_no    INT            NOT NULL,
    product_id BIGINT         NOT NULL,
    quantity   INT            NOT NULL,
    unit_price DECIMAL(10, 2) NOT NULL
) AS
SELECT order_id, line_no, product_id, quantity, (SELECT p.price FROM products AS p WHERE p.id = product_id)
FROM (
    SELECT order_id, line_no, quantity, MOD(draw * draw / 1000003 * 20000 / 1000003 + neighbour, 20000) + 1 AS product_id
    FROM (
        SELECT (x - 1) / 4 + 1                                                  AS order_id,
               MOD(x - 1, 4) + 1                                                AS line_no,
               1 + MOD(x * 13, 3)                                               AS quantity,
               MOD((CASE MOD(x, 4) WHEN 2 THEN x - 1 ELSE x END) * 48271, CAST(1000003 AS BIGINT)) AS draw,
               CASE MOD(x, 4) WHEN 2 THEN 1 + MOD(x / 4, 3) ELSE 0 END          AS neighbour
        FROM SYSTEM_RANGE(1, 200000)
    ) AS drawn
) AS picked;

ALTER TABLE order_lines ADD PRIMARY KEY (order_id, line_no);
ALTER TABLE order_lines ADD FOREIGN KEY (product_id) REFERENCES products (id) NOCHECK;
