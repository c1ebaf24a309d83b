-- The demo shop's orders. Days count from today (negative: in the past), so that the demo never grows old.
CREATE TABLE orders (
    number TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    status TEXT NOT NULL,               -- completes the sentence "Your order is ..."
    delivery_in_days INTEGER,
    carrier TEXT,
    parcel_number TEXT,
    refund TEXT,                        -- where the money is; NULL: no refund has been asked for
    refund_in_days INTEGER
);

CREATE TABLE items (
    order_number TEXT NOT NULL REFERENCES orders (number),
    quantity INTEGER NOT NULL,
    name TEXT NOT NULL
);

INSERT INTO orders VALUES
    ('A100001', 'maja@example.com', 'being packed', 3, 'DHL', NULL, NULL, NULL),
    ('A100002', 'alex@example.com', 'on its way to you', 1, 'DHL', '003404340001', NULL, NULL),
    ('A100003', 'alex@example.com', 'delivered', -2, 'DHL', '003404340017', NULL, NULL),
    ('A100004', 'piotr@example.com', 'on its way to you, but the carrier is running late', 2, 'UPS', '1Z9990001',
        NULL, NULL),
    ('A100005', 'ines@example.com', 'waiting for your payment', NULL, NULL, NULL, NULL, NULL),
    ('A100006', 'tom@example.com', 'ready to collect in our Hamburg store', 0, 'none, it is yours to collect', NULL,
        NULL, NULL),
    ('A100007', 'kari@example.com', 'waiting at customs in Oslo', 5, 'UPS', '1Z9990002', NULL, NULL),
    ('A100008', 'alex@example.com', 'back with us', -16, 'DHL', '003404340064', 'sent to your PayPal account', -1),
    ('A100009', 'jonas@example.com', 'cancelled', NULL, NULL, NULL, 'sent to your card', -3),
    ('A100010', 'lena@example.com', 'on its way back to us', -9, 'DHL', '003404340058',
        'starts as soon as the parcel has reached us', 6),
    ('A100011', 'sofia@example.com', 'waiting for you in the parcel shop named in the e-mail from the carrier', -1,
        'DHL', '003404340099', NULL, NULL),
    ('A100012', 'omar@example.com', 'on hold until the tent is back in stock', 9, NULL, NULL, NULL, NULL);

INSERT INTO items VALUES
    ('A100001', 1, 'Trollveggen rain jacket'),
    ('A100002', 1, 'Femund 45 backpack'),
    ('A100002', 2, 'merino socks'),
    ('A100003', 1, 'Birk gas stove'),
    ('A100004', 3, 'freeze-dried pasta'),
    ('A100004', 1, 'titanium pot'),
    ('A100005', 1, 'Rondane down jacket'),
    ('A100006', 1, 'Lauv hiking poles (pair)'),
    ('A100007', 1, 'Skare ski gloves'),
    ('A100008', 1, 'Vidda sleeping mat'),
    ('A100009', 1, 'Glitter head torch'),
    ('A100010', 1, 'Stig hiking boots'),
    ('A100011', 1, 'Elv dry bag, 20 litres'),
    ('A100012', 1, 'Hulder 2 tent'),
    ('A100012', 12, 'tent pegs');
