// Names as they are, and as they test pages: Korean ones, those of the other passengers, and very long ones.

const korean = {
  surnames: '김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍 남궁 제갈'.split(' '),
  given:
    '민준 서연 도윤 하은 시우 지우 주원 서윤 예준 하윤 지호 지민 준서 수아 건우 다은 현우 채원 우진 유나 선우 은서 연우 예린 정우 소율 승현 가은 준혁 나윤 지훈 슬기 한결 보람 아름 나래'.split(
      ' ',
    ),
};

const others = {
  given:
    'Emma Liam Olivia Noah Ava Lucas Mia Hugo Chloé Léa Jürgen Anna Søren Ingrid Mateo Lucía Giulia Luca Yuki Haruto Mei Wei Priya Arjun Fatima Omar Zoë Björn Siobhán Nguyễn'.split(
      ' ',
    ),
  surnames:
    "Smith Johnson Brown Müller Weber Dubois Lefèvre Rossi Bianchi García Fernández Nielsen Østergaard Tanaka Sato Wang Chen Patel Sharma O'Connor Núñez Kowalski Novák Ivanova Hassan Silva Andersson Yılmaz Tran Okafor".split(
      ' ',
    ),
};

const long = [
  'María de los Ángeles Guadalupe Fernández-Villanueva y Rodríguez de la Torre',
  'Wolfeschlegelsteinhausenbergerdorff-Hohenzollern zu Donaudampfschiffahrt',
  'Phra Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya',
  'Kaʻimināʻauao Keihanaikukauakahihuliheekahaunaele Kahumanu',
  '황금독수리온세상을놀라게하다 김수한무거북이와두루미삼천갑자동방삭',
];

/** Names of which no two are the same: three in five are Korean, one in fifty is long. */
export function customerNames(count: number): string[] {
  const used = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const name = nameOf(index);
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
}

function nameOf(index: number): string {
  if (index % 50 === 49) return of(long, Math.floor(index / 50));
  if (index % 5 < 3)
    return of(korean.surnames, index * 7) + of(korean.given, index * 11 + Math.floor(index / 36));
  return `${of(others.given, index * 7)} ${of(others.surnames, index * 11 + Math.floor(index / 30))}`;
}

const of = (names: readonly string[], index: number): string => names[index % names.length] ?? '';
