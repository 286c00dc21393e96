def place_of(code, sequence):
    """Section 6: ten Feistel rounds over the two halves of the digits."""
    digits, text = PLAN["numbers"]["digits"], PLAN["numbers"]["shuffle"]
    left_size, right_size = 10 ** ((digits + 1) // 2), 10 ** (digits // 2)
    left, right = divmod(sequence, right_size)
    for number in range(10):
        half = right if number % 2 == 0 else left
        named = f"allocell-number-order-1:{text}:{code}:{number}:{half}"
        turn = int(hashlib.sha256(named.encode("ascii")).hexdigest()[:8], 16)
        if number % 2 == 0:
            left = (left + turn) % left_size
        else:
            right = (right + turn) % right_size
    return left * right_size + right
