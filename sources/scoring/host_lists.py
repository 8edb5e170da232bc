"""Publishers by class: a short list of what biographers meet most, by registered domain or a host below it."""

from __future__ import annotations

from enum import Enum
from typing import Final


class HostClass(Enum):
    """Who answers for what stands at an address."""

    LIBRARY = "library"  # libraries, archives, museums, and editions of texts kept by them
    PUBLIC = "public"  # governments and public bodies
    SCHOLARLY = "scholarly"  # universities, learned societies, their presses and journals
    REFERENCE = "reference"  # edited encyclopedias and dictionaries of biography
    PRESS = "press"  # newspapers and magazines with an editor
    WIKI = "wiki"  # anyone edits, others watch
    OPEN = "open"  # anyone publishes: blogs, social media, self-publishing
    FARM = "farm"  # written for search engines or by machine, and answers by anyone
    SHOP = "shop"
    UNKNOWN = "unknown"


CLASSES: Final = {
    HostClass.LIBRARY: (
        "archive.org gutenberg.org gutenberg.net.au wikisource.org hathitrust.org loc.gov archives.gov"
        " bl.uk bnf.fr gallica.bnf.fr data.bnf.fr europeana.eu dp.la nypl.org bne.es cervantesvirtual.com"
        " dnb.de deutsche-digitale-bibliothek.de zeno.org projekt-gutenberg.org bsb-muenchen.de"
        " digitale-sammlungen.de kb.nl delpher.nl onb.ac.at sbn.it internetculturale.it bnportugal.gov.pt"
        " purl.pt bn.gov.br nla.gov.au trove.nla.gov.au natlib.govt.nz bac-lac.gc.ca banq.qc.ca canadiana.ca"
        " biodiversitylibrary.org worldcat.org si.edu smithsonianmag.com metmuseum.org britishmuseum.org"
        " nationalarchives.gov.uk npg.org.uk nationalgallery.org.uk louvre.fr musee-orsay.fr"
        " museodelprado.es rijksmuseum.nl nobelprize.org perseus.tufts.edu tei-c.org bartleby.com"
        " sacred-texts.com docsouth.unc.edu chroniclingamerica.loc.gov oldbaileyonline.org bac-lac.canada.ca"
        " polona.pl bn.org.pl wolnelektury.pl runeberg.org books.google.com play.google.com persee.fr"
        " liberliber.it"
    ),
    HostClass.PUBLIC: "europa.eu un.org unesco.org who.int admin.ch bund.de bundestag.de senat.fr"
    " assemblee-nationale.fr"
    " parliament.uk canada.ca nps.gov bnportugal.pt gc.ca vatican.va boe.es",
    HostClass.SCHOLARLY: (
        "jstor.org doi.org crossref.org cambridge.org oup.com academic.oup.com springer.com"
        " link.springer.com nature.com science.org sciencedirect.com elsevier.com wiley.com"
        " onlinelibrary.wiley.com tandfonline.com sagepub.com muse.jhu.edu degruyter.com brill.com"
        " openedition.org cairn.info cairn-int.info erudit.org scielo.br scielo.org redalyc.org"
        " dialnet.unirioja.es csic.es pnas.org royalsocietypublishing.org royalsociety.org acs.org rsc.org"
        " aps.org iop.org plos.org frontiersin.org mdpi.com arxiv.org hal.science ssrn.com ncbi.nlm.nih.gov"
        " nih.gov uni-heidelberg.de uni-muenchen.de lmu.de hu-berlin.de fu-berlin.de tum.de ethz.ch unige.ch"
        " unibo.it sorbonne-universite.fr ens.fr college-de-france.fr curie.fr pasteur.fr cnrs.fr mpg.de"
        " historians.org gilderlehrman.org plato.stanford.edu mathshistory.st-andrews.ac.uk aip.org"
    ),
    HostClass.REFERENCE: (
        "britannica.com universalis.fr treccani.it oxforddnb.com anb.org deutsche-biographie.de larousse.fr"
        " encyclopedia.com biography.com oxfordreference.com adb.anu.edu.au biographi.ca blackpast.org"
        " dbe.rah.es historia-hispanica.rah.es enciclopedia.cat hls-dhs-dss.ch infopedia.pt"
        " encyclopediavirginia.org americannationalbiography.org snl.no encyklopedia.pwn.pl"
    ),
    HostClass.PRESS: (
        "nytimes.com washingtonpost.com theguardian.com bbc.co.uk bbc.com thetimes.co.uk telegraph.co.uk"
        " economist.com ft.com wsj.com latimes.com npr.org pbs.org reuters.com apnews.com time.com"
        " newyorker.com theatlantic.com nybooks.com lrb.co.uk the-tls.co.uk nationalgeographic.com"
        " historytoday.com history.com scientificamerican.com lemonde.fr lefigaro.fr liberation.fr"
        " radiofrance.fr elpais.com elmundo.es abc.es lavanguardia.com clarin.com lanacion.com.ar"
        " eltiempo.com spiegel.de zeit.de faz.net sueddeutsche.de dw.com welt.de nzz.ch derstandard.at"
        " publico.pt folha.uol.com.br estadao.com.br globo.com corriere.it repubblica.it lastampa.it ansa.it"
        " rai.it irishtimes.com smh.com.au abc.net.au cbc.ca"
    ),
    HostClass.WIKI: "wikipedia.org wikidata.org wikimedia.org wikiquote.org wiktionary.org wikiwand.com dbpedia.org"
    " citizendium.org wikitree.com geni.com familysearch.org findagrave.com",
    HostClass.OPEN: (
        "blogspot.com blogger.com wordpress.com medium.com substack.com tumblr.com livejournal.com"
        " typepad.com ghost.io reddit.com facebook.com x.com twitter.com threads.net instagram.com"
        " pinterest.com tiktok.com youtube.com youtu.be linkedin.com vk.com t.me telegram.me discord.com"
        " wattpad.com archiveofourown.org fanfiction.net fandom.com wikia.com wix.com wixsite.com weebly.com"
        " squarespace.com github.io gitlab.io netlify.app vercel.app pages.dev web.app sites.google.com"
        " docs.google.com notion.site neocities.org geocities.com angelfire.com tripod.com lulu.com"
        " smashwords.com issuu.com scribd.com slideshare.net academia.edu researchgate.net prezi.com"
        " goodreads.com imdb.com letterboxd.com over-blog.com canalblog.com jimdo.com jimdofree.com"
        " hypotheses.org ning.com"
    ),
    HostClass.FARM: (
        "answers.com quora.com ehow.com wikihow.com ask.com reference.com brainyquote.com azquotes.com"
        " quotefancy.com coursehero.com studymode.com chegg.com gradesaver.com sparknotes.com"
        " cliffsnotes.com enotes.com bookrags.com shmoop.com 123helpme.com ipl.org studycorgi.com grin.com"
        " buscabiografias.com biografiasyvidas.com famousbirthdays.com thefamouspeople.com"
        " celebritynetworth.com listverse.com ranker.com buzzfeed.com rincondelvago.com monografias.com"
        " lecturalia.com linternaute.fr"
    ),
    HostClass.SHOP: (
        "amazon.com amazon.co.uk amazon.de amazon.fr amazon.es amazon.it amazon.com.br amzn.to ebay.com"
        " ebay.co.uk ebay.de etsy.com aliexpress.com alibaba.com walmart.com barnesandnoble.com abebooks.com"
        " bookshop.org waterstones.com fnac.com thalia.de casadellibro.com zazzle.com redbubble.com"
        " teepublic.com shopify.com myshopify.com mercadolibre.com rakuten.com bol.com"
    ),
}
