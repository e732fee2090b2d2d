// Finds the coded squares at the corners of a printed form: dark patches that have four corners and a known pattern.
// One number for each square: sixteen cells by rows from the top left, the first the highest bit, 1 for white.
const BITS = [
  0xb532, 0x0f9a, 0x332d, 0x9946, 0x549e, 0x79cd, 0x9e2e, 0xc4f2, 0xfeda, 0xcf56, 0xf991, 0x11a7,
  0x0eb7, 0x2a0f, 0x24b1, 0x263e, 0x4665, 0x6600, 0x6c5e, 0x76af, 0x868b, 0xb02b, 0xccd5, 0xdd82,
  0xfe47, 0x9471, 0xace4, 0xa554, 0x2123, 0x346f, 0x4415, 0x57b2, 0x9ecf, 0xf0cb, 0x08ae, 0x0929,
  0x1875, 0x04ff, 0x0df6, 0x1c5a, 0x1718, 0x2a28, 0x328c, 0x38b2, 0x24e8, 0x2eeb, 0x2d3f, 0x4b64,
];
const CELLS = 6;
const LEAST = 10; // pixels of a side
const known = new Map();
for (const [id, bits] of BITS.entries()) {
  for (let turned = bits, turn = 0; turn < 4; turn += 1, turned = turn90(turned)) known.set(turned, id);
}

// Give the squares that are seen, by their ids: the middle of each in pixels.
export function find(picture) {
  const grey = inGrey(picture);
  const dark = darker(grey, picture.width, picture.height);
  const found = new Map();
  for (const corners of patches(dark, picture.width, picture.height)) {
    const id = decode(grey, picture.width, corners);
    if (id !== undefined && !found.has(id)) found.set(id, middle(corners));
  }
  return found;
}

// Give the four squares of one page in the order of its corners, if all of them are seen.
export function wholePage(found) {
  for (let first = 0; first < BITS.length; first += 4) {
    const four = [0, 1, 2, 3].map((place) => found.get(first + place));
    if (four.every(Boolean)) return { page: first / 4 + 1, corners: four };
  }
  return null;
}

function turn90(bits) {
  let turned = 0;
  for (let row = 0; row < 4; row += 1) {
    for (let column = 0; column < 4; column += 1) {
      const bit = (bits >> (15 - (4 * (3 - column) + row))) & 1;
      turned |= bit << (15 - (4 * row + column));
    }
  }
  return turned;
}

function inGrey({ data, width, height }) {
  const grey = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4) {
    grey[at] = (data[from] * 77 + data[from + 1] * 150 + data[from + 2] * 29) >> 8;
  }
  return grey;
}

// Where a pixel is darker than the mean of what is round it, so that shadows do not matter.
function darker(grey, width, height) {
  const wide = width + 1;
  const sums = new Uint32Array(wide * (height + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, row = 0; x < width; x += 1) {
      row += grey[y * width + x];
      sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1] + row;
    }
  }
  const reach = Math.max(12, Math.round(Math.max(width, height) / 24));
  const dark = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const top = Math.max(0, y - reach);
    const bottom = Math.min(height, y + reach + 1);
    for (let x = 0; x < width; x += 1) {
      const left = Math.max(0, x - reach);
      const right = Math.min(width, x + reach + 1);
      const sum = sums[bottom * wide + right] - sums[top * wide + right] - sums[bottom * wide + left] + sums[top * wide + left];
      dark[y * width + x] = grey[y * width + x] * (right - left) * (bottom - top) < sum * 0.82 ? 1 : 0;
    }
  }
  return dark;
}

// Walk each dark patch once; yield the four corners of those that could be squares.
function* patches(dark, width, height) {
  const most = (Math.max(width, height) / 5) ** 2;
  const waiting = new Int32Array(dark.length);
  for (let start = 0; start < dark.length; start += 1) {
    if (dark[start] !== 1) continue;
    let count = 0;
    let ended = 1;
    waiting[0] = start;
    dark[start] = 2;
    const far = [Infinity, -Infinity, -Infinity, Infinity, Infinity, -Infinity, -Infinity, Infinity];
    const ends = [0, 0, 0, 0, 0, 0, 0, 0];
    while (count < ended) {
      const at = waiting[count];
      count += 1;
      const x = at % width;
      const y = (at - x) / width;
      const along = [x + y, x - y, x + y, x - y, x, x, y, y];
      for (let way = 0; way < 8; way += 1) {
        const least = way === 0 || way === 3 || way === 4 || way === 7;
        if (least ? along[way] < far[way] : along[way] > far[way]) {
          far[way] = along[way];
          ends[way] = at;
        }
      }
      if (x > 0 && dark[at - 1] === 1) ended = add(waiting, dark, at - 1, ended);
      if (x < width - 1 && dark[at + 1] === 1) ended = add(waiting, dark, at + 1, ended);
      if (y > 0 && dark[at - width] === 1) ended = add(waiting, dark, at - width, ended);
      if (y < height - 1 && dark[at + width] === 1) ended = add(waiting, dark, at + width, ended);
    }
    if (count < LEAST * LEAST * 0.4 || count > most) continue;
    for (const four of [[0, 1, 2, 3], [4, 7, 5, 6]]) {
      const corners = four.map((way) => [ends[way] % width, Math.floor(ends[way] / width)]);
      if (square(corners, count)) yield corners;
    }
  }
}

function add(waiting, dark, at, ended) {
  dark[at] = 2;
  waiting[ended] = at;
  return ended + 1;
}

function square(corners, count) {
  const sides = corners.map(([x, y], place) => Math.hypot(x - corners[(place + 1) % 4][0], y - corners[(place + 1) % 4][1]));
  const least = Math.min(...sides);
  if (least < LEAST || Math.max(...sides) > 1.8 * least) return false;
  let area = 0;
  for (let place = 0; place < 4; place += 1) {
    const [x, y] = corners[place];
    const [u, v] = corners[(place + 1) % 4];
    area += x * v - u * y;
  }
  const share = count / Math.abs(area / 2);
  return share > 0.45 && share < 1.4;
}

function decode(grey, width, corners) {
  const cells = [];
  for (let row = 0; row < CELLS; row += 1) {
    for (let column = 0; column < CELLS; column += 1) {
      cells.push(seen(grey, width, corners, (column + 0.5) / CELLS, (row + 0.5) / CELLS));
    }
  }
  const middleGrey = (Math.max(...cells) + Math.min(...cells)) / 2;
  if (Math.max(...cells) - Math.min(...cells) < 40) return undefined;
  let bits = 0;
  let light = 0;
  for (let place = 0; place < 36; place += 1) {
    const row = Math.floor(place / CELLS);
    const column = place % CELLS;
    const white = cells[place] > middleGrey;
    if (row === 0 || row === 5 || column === 0 || column === 5) light += white;
    else bits = (bits << 1) | white;
  }
  return light ? undefined : known.get(bits);
}

function seen(grey, width, [a, b, c, d], right, down) {
  const x = (1 - down) * ((1 - right) * a[0] + right * b[0]) + down * ((1 - right) * d[0] + right * c[0]);
  const y = (1 - down) * ((1 - right) * a[1] + right * b[1]) + down * ((1 - right) * d[1] + right * c[1]);
  return grey[Math.round(y) * width + Math.round(x)];
}

function middle(corners) {
  return [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / 4);
}
