//! Languages: their stemmers and function words. Each is a constant of its own, so that only those which a corpus
//! names are linked.

use std::borrow::Cow;

use tantivy_stemmers::algorithms as snowball;

/// Cuts a lower-case word to its stem.
pub type Stemmer = fn(&str) -> Cow<str>;

/// What the search knows of a language.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Primary BCP 47 subtag.
    pub tag: &'static str,
    pub stemmer: Stemmer,
    /// Words that hold a sentence together and tell nothing about its subject; small letters, parted by spaces.
    pub function_words: &'static str,
}

impl Language {
    pub fn is_function_word(&self, word: &str) -> bool {
        self.function_words.as_bytes().split(|byte| *byte == b' ').any(|known| known == word.as_bytes())
    }
}

macro_rules! languages {
    ($($constant:ident $tag:literal $algorithm:ident $function_words:literal;)*) => {
        $(pub const $constant: Language =
            Language { tag: $tag, stemmer: snowball::$algorithm, function_words: $function_words };)*

        /// Every language there is, with the name of its constant in this module: for the build, which picks those
        /// that the corpus needs.
        #[cfg(feature = "ingest")]
        pub const ALL: &[(&str, Language)] = &[$((stringify!($constant), $constant)),*];
    };
}

// https://snowballstem.org/algorithms/
languages! {
    ARABIC "ar" arabic "في من على إلى عن مع هذا هذه ذلك التي الذي ما هو هي كان أن إن لا أو ثم كيف متى أين لماذا هل ماذا كم أي لم لن قد كانت يكون تكون هناك حيث الذين هم عند عندما منذ بعد قبل بين كل خلال حتى كما أيضا أيضًا له لها به بها فيها";
    CATALAN "ca" catalan "el la els les un una de del i o a en amb per que qui com és al als no es se";
    DANISH "da" danish "og i at det en den til er som på de med han af for ikke der var et har om vi hvad hvem hvor hvordan";
    GERMAN "de" german "der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf aus bei mit nach von vom zu zum zur für über unter durch ist sind war waren wird werden wurde wurden hat haben hatte hatten als auch nicht es er sie wir ihr man sich dass wie was wer wo wann warum welche welcher welches wenn so noch nur";
    GREEK "el" greek "ο η το οι τα του της των τον την και να σε με για από στο στη στην στον που τι πώς πότε πού ποιος ποια ποιο είναι ήταν δεν θα ως";
    ENGLISH "en" english_porter_2 "a an the and or but if then than that this these those there here of in on at by for from to into with without about as is are was were be been being am do does did done has have had having will would shall should can could may might must it its he she they them their his her him we our us you your i my me who whom whose which what when where why how so such no not nor only also any some all each both between during over under after before up down out very more most other because while until since against through own same few just again once too yet";
    SPANISH "es" spanish "el la los las un una unos unas de del y o u a al en con por para sin sobre entre que qué quien quién cual cuál como cómo cuando cuándo donde dónde es son era fue ser ha han se su sus lo le les no más pero también este esta estos estas ese esa";
    FINNISH "fi" finnish "ja on ei se että oli ovat hän he mutta tai kun kuin mikä mitä kuka missä milloin miten miksi joka jotka ole myös";
    FRENCH "fr" french "le la les l un une des de du d et ou mais à a au aux en dans par pour avec sans sur sous que qu qui quoi dont où quand comment pourquoi quel quelle quels quelles est sont était été être ont se s ne pas n plus ce cette ces cet il elle ils elles on nous vous je son sa ses leur leurs y c j m t";
    HINDI "hi" hindi_lightweight "के का की को में से पर और है हैं था थी थे यह वह ने एक कि जो भी हो क्या कौन कब कहाँ कैसे क्यों तो ही या इस उस";
    HUNGARIAN "hu" hungarian "a az egy és vagy de hogy nem is van volt mi ki hol mikor miért hogyan ez azt ezt meg el";
    INDONESIAN "id" indonesian_tala "dan di ke dari yang untuk pada dengan ini itu adalah atau tidak apa siapa kapan bagaimana mengapa dalam oleh akan telah juga";
    ITALIAN "it" italian "il lo la i gli le l un uno una di del dello della dei degli delle d e ed o ma a al allo alla ai agli alle in nel nella nei nelle con su sul sulla per tra fra da dal dalla che chi cui come quando dove perché quale quali è sono era essere ha hanno si non più anche questo questa";
    DUTCH "nl" dutch "de het een en of maar in op aan bij met naar van voor uit over door is zijn was waren wordt worden werd heeft hebben had dat die dit deze er niet ook te als wie wat waar wanneer waarom hoe welke";
    NORWEGIAN "no" norwegian_bokmal "og i at det en et den til er som på de med han av for ikke var har om vi hva hvem hvor hvordan hvorfor når";
    POLISH "pl" polish_yarovoy "i w z na do o od po za przez dla jest są był była było być że to ten ta te nie się jak co kto gdzie kiedy dlaczego który która które oraz lub";
    PORTUGUESE "pt" portuguese "o a os as um uma uns umas de do da dos das e ou mas em no na nos nas com por para pelo pela sem sobre que quem qual como quando onde é são era foi ser há se seu sua não mais também este esta";
    ROMANIAN "ro" romanian "și sau dar în la de din cu pe pentru prin este sunt era fost a al ale ai o un una care ce cine cum când unde nu se mai că";
    RUSSIAN "ru" russian "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было вот от меня о из ему когда даже ну ли если или ни быть был него до вас где кто какой какая какие почему для это";
    SWEDISH "sv" swedish "och i att det en ett den till är som på de med han av för inte var har om vi vad vem var hur när varför";
    TURKISH "tr" turkish_cilden "ve veya ile bir bu şu o da de için gibi ki mi mı mu mü ne kim nerede nasıl neden hangi olan olarak daha çok en değil";
}

/// The language of a BCP 47 tag and the name of its constant.
#[cfg(feature = "ingest")]
pub fn named(tag: &str) -> Option<(&'static str, Language)> {
    let primary = tag.split('-').next()?.to_ascii_lowercase();
    let primary = if matches!(&*primary, "nb" | "nn") { "no" } else { &primary };
    ALL.iter().find(|(_, language)| language.tag == primary).copied()
}
