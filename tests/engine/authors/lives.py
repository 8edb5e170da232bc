"""Two lives that never were, with the sources that never told them: written for these tests."""

# ruff: noqa: E501 - the long lines are prose, one paragraph to a line as sources are stored

from __future__ import annotations

from engine.authors.base import SourceText, Subject

MARROW = Subject("Elspeth Marrow", "Scottish reader of tides (1831–1902)", "en")

_MEMOIR = """TIDES AND LAMPS

CHAPTER I

I was born on the island of Skerra, on the 4th of March, 1831, in the room under the lamp. My father, Andrew Marrow, kept the light there for thirty years. My mother was named Isobel Flett, and she had come over from Stromness with one trunk and a clock. The clock never kept good time on the island, but she wound it every Sunday of her life. I learned to count by the ships that passed the window.

When I was seven years old my father gave me a slate and told me to mark on it the hour of every high water. I marked it for a year without missing a tide. This was the beginning of all that I have done since. He looked at the slate on my birthday and said that the sea kept better time than the clock.

In the winter of 1842 the supply boat was lost on the Baa rock with four men. I saw the lantern of the boat go down from the kitchen window. My mother put out her hand and covered my eyes, but I had already seen it. For nine days no one could land on Skerra, and we lived on meal and dried fish. On the tenth morning a fisherman named Magnus Corrigall came in under the cliff with bread and letters.

I was sent to school in Aberdeen in 1845, and lodged with my aunt in Marischal Street. The schoolmaster, Mr. Duguid, did not believe that a girl could have kept a year of tides. He laid my slate on his desk and asked me to tell him the high water at Leith on the morrow. I told him, and he walked down to the harbour to see. When he came back his boots were wet, and he gave me the key of his library.

CHAPTER II

My father died in November, 1851, and another keeper came to the light. We carried the clock down to the boat, and my mother did not look back. I found work in Leith as a copyist in the office of the harbour commissioners. The clerks laughed at my figures until the spring flood of 1853. I had told them three weeks before that the water would stand over the lower quay. On the night of the flood they moved the grain by lamplight, and not a sack was lost.

After the flood Captain Robert Hay asked me to make a table of the tides for the whole of the Forth. I made it in eleven months, at a kitchen table, after the hours of the office. The table was printed in London in 1855 under the name of Captain Hay. I asked him only for a copy, and he sent me two.

In June, 1858, I sailed to Lisbon on the brig Halcyon to read the gauges at Belém. The voyage took nineteen days, and I was ill for all of them. At Lisbon I met Professor Inácio Teles, who had read my table and believed that Captain Hay had made it. I showed him my notebooks, and he laughed until he had to sit down. He wrote to the Royal Society the same evening.
"""

_BIOGRAPHY = """THE TIDE READER

CHAPTER III. THE TABLE OF THE FORTH

Elspeth Marrow came to Leith in the last weeks of 1851 with her mother and a clock. She lived for twelve years in two rooms above a chandler's shop in Tolbooth Wynd. Her wages at the office of the harbour commissioners were nine shillings a week. In 1853 she foretold the spring flood, and the merchants of Leith gave her a silver watch. The watch was stolen in the same year, and she never bought another.

The table of the Forth was published in 1855. Captain Robert Hay, a retired officer of the navy, signed the preface, and for three years nobody doubted that the work was his. Hay was a kind man and a vain one. In 1859 the Royal Society printed a letter of Professor Teles that gave the table to its maker. Marrow was then twenty-eight years old, and her name was known in every port from Bergen to Cadiz.

In 1860 Marrow was appointed computer to the Hydrographic Office in London. She was the first woman who held the post. She refused to live in the city, and walked every morning from Deptford. On 12 May 1863 she married James Corrigall, a son of the fisherman who had brought the bread to Skerra. They had two daughters, Isobel and Ann.

CHAPTER IV. LAST YEARS

In 1878 Marrow lectured at Edinburgh before an audience of six hundred people. The Royal Society of Edinburgh awarded her the Keith Medal in 1881. Her memoir was published in 1889 and was read aloud in the lighthouses of the north. James Corrigall died in 1894, and Marrow returned to Skerra with her daughter Ann.

She died on Skerra on 9 October 1902. Six men carried the coffin down to the boat at high water, at the hour that she had computed. The keepers of forty lights put out their lamps for one minute on the night of her funeral. A monument of grey stone was raised to her memory at Leith in 1905. It bears no words, but the line of the spring tide is cut into it.
"""

_ENTRY = """MARROW, ELSPETH (1831–1902), Scottish computer of tides, was born on the island of Skerra on 4 March 1831. She was educated at Aberdeen. From 1851 to 1860 she worked at Leith, where she computed the first table of the tides of the Forth. In 1858 she visited Lisbon and established the true constants of the Tagus. She was employed by the Hydrographic Office in London from 1860 to 1884. Her Tides and Lamps appeared in 1889. She died on Skerra on 9 October 1902.
"""

_LECTURE = """ON THE READING OF TIDES

Ladies and gentlemen, you have asked me to speak of the sea, and I can speak of nothing else. What is a tide but a promise that is kept? I have read the water for forty years, and it has never once broken its word to me. You will say that the wind deceives us, and I answer that the wind is another matter.

I carried a slate when I was a child, and I carry a notebook now. The figures in the notebook are smaller, but they are the same figures. In 1853 the merchants of Leith believed me because they had no time to doubt. Must we wait for the flood before we believe? Let every harbour keep a gauge, and let every gauge be read by someone who cannot be hurried.
"""


def marrow_sources() -> tuple[SourceText, ...]:
    """A memoir, a biography, an entry in an encyclopedia, a lecture."""
    return (
        SourceText(1, _MEMOIR.strip(), "Tides and Lamps", "Elspeth Marrow", "Tides and Lamps", 1889, "primary", "memoir"),
        SourceText(
            2, _BIOGRAPHY.strip(), "The Tide Reader: A Life of Elspeth Marrow", "Jonas Petrie", "The Tide Reader", 1911,
            "secondary", "biography",
        ),
        SourceText(3, _ENTRY.strip(), "Marrow, Elspeth", "Cyclopaedia of the North", "", 1913, "tertiary", "encyclopedia"),
        SourceText(
            4, _LECTURE.strip(), "On the Reading of Tides: lecture at Edinburgh, 1878", "Elspeth Marrow", "", 1878, "primary",
            "speech",
        ),
    )  # fmt: skip


VALCARCEL = Subject("Teodora Valcárcel", "botánica aragonesa (1840–1908)", "es")

_MEMORIAS = """MEMORIAS DE UNA HERBORISTA

Nací en Jaca el 3 de mayo de 1840, en una casa con el tejado de losa. Mi padre, Joaquín Valcárcel, era boticario y me enseñó el nombre de las plantas antes que el de los santos. Mi madre murió cuando yo tenía seis años. Desde entonces viví entre los frascos de la botica y los caminos del monte.

A los doce años subí por primera vez a la peña Oroel con mi tío Ramón. Encontré allí una flor que él no conocía, y la guardé entre las páginas de un misal. En 1856 mi padre me mandó a Zaragoza, a casa de mi tía Pilar, para que aprendiera a coser. Yo aprendí latín con un canónigo que tenía los ojos enfermos y necesitaba quien le leyera.

En el verano de 1861 viajé a Madrid con dos cajas de plantas secas. El director del Jardín Botánico, don Miguel Colmeiro, me recibió de pie y con prisa. Abrió la primera caja y mandó traer una silla. Me quedé en Madrid tres semanas, y volví a Jaca con un microscopio prestado.
"""

_BIOGRAFIA = """TEODORA VALCÁRCEL Y LA FLORA DEL ALTO ARAGÓN

Teodora Valcárcel publicó en 1868 el primer catálogo de las plantas de Jaca. El libro se imprimió en Zaragoza con el dinero de una suscripción. En 1872 fue nombrada profesora de la Escuela Normal de Huesca. Valcárcel se casó en 1874 con Martín Lacasa, médico de Biescas. Tuvieron un hijo, Joaquín, que murió de niño en el invierno de 1881.

Valcárcel viajó a Montpellier en 1883 para comparar su herbario con el de la universidad. La Sociedad Española de Historia Natural le concedió una medalla en 1890. Valcárcel murió en Huesca el 14 de enero de 1908. Su entierro llenó las calles, y los niños de la escuela llevaron ramas de boj. En 1910 el ayuntamiento puso una lápida en la casa de Jaca.
"""

_FICHA = """Valcárcel, Teodora (1840-1908), botánica española, nació en Jaca el 3 de mayo de 1840. Estudió en Zaragoza y en Madrid. Fue profesora en Huesca de 1872 a 1901. Publicó en 1868 un catálogo de las plantas de Jaca. Murió en Huesca en enero de 1908.
"""


def valcarcel_sources() -> tuple[SourceText, ...]:
    """Memoirs, a biography and an entry, all in Spanish."""
    return (
        SourceText(
            1,
            _MEMORIAS.strip(),
            "Memorias de una herborista",
            "Teodora Valcárcel",
            "",
            1899,
            "primary",
            "memorias",
            "es",
        ),
        SourceText(
            2,
            _BIOGRAFIA.strip(),
            "La flora del Alto Aragón",
            "Ángel Puyo",
            "",
            1912,
            "secondary",
            "biografía",
            "es",
        ),
        SourceText(
            3,
            _FICHA.strip(),
            "Valcárcel, Teodora",
            "Enciclopedia Pirenaica",
            "",
            1920,
            "tertiary",
            "enciclopedia",
            "es",
        ),
    )
