import type { Weighted } from './random';

/** Given and family names that are common where a culture's people live; put together by chance, so that nobody in particular is meant. */
export interface Culture {
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly families: readonly string[];
  /** Self-defined (16+1) and officer-defined ethnicity, nationality (ISO 3166-1 alpha-3). */
  readonly selfDefined: string;
  readonly officerDefined: string;
  readonly nationality: string;
}

const words = (text: string): readonly string[] => text.split(' ');

export const cultures: Weighted<Culture> = [
  [{
    women: words('Chloe Jade Kelly Donna Leanne Stacey Gemma Kirsty Paige Lauren Hannah Amy'),
    men: words('Liam Ryan Craig Dean Wayne Connor Kyle Jordan Lee Nathan Shaun Darren Scott Jack Thomas Callum Ashley Gary'),
    families: words('Hallsworth Birkhead Crookes Dyson Earnshaw Fearnley Gledhill Hinchcliffe Ibbotson Jessop Kilner Lockwood Micklethwaite Naylor Oldroyd Padgett Rawson Staniforth Thackeray Utley Wadsworth Wragg'),
    selfDefined: 'W1', officerDefined: 'IC1', nationality: 'GBR',
  }, 58],
  [{
    women: words('Ayesha Saima Nadia Rubina Shazia'), men: words('Imran Waqas Adeel Kashif Bilal Usman Tariq Nadeem Faisal Zubair'),
    families: words('Akhtar Bashir Chaudhry Dar Farooq Ghani Hanif Iqbal Javed Kiyani Latif Mirza Nazir Qureshi Rafiq'),
    selfDefined: 'A2', officerDefined: 'IC4', nationality: 'GBR',
  }, 10],
  [{
    women: words('Agnieszka Magda Ewa'), men: words('Piotr Marcin Tomasz Krzysztof Dawid Mateusz'),
    families: words('Nowicki Zielinski Wrona Kubiak Mazurek Sobczak Pawlak Wilk'), selfDefined: 'W9', officerDefined: 'IC1', nationality: 'POL',
  }, 6],
  [{
    women: words('Ionela Mihaela Roxana'), men: words('Ionut Florin Marian Costel Vasile Adrian'),
    families: words('Dumitrescu Stoica Ciobanu Lazar Moldovan Neagu Tudose'), selfDefined: 'W9', officerDefined: 'IC2', nationality: 'ROU',
  }, 6],
  [{
    women: words('Zuzana Denisa Monika'), men: words('Marek Jozef Milan Dusan Radoslav'),
    families: words('Horvath Kotlar Gabor Tancos Bandy Cervenak Puska'), selfDefined: 'W3', officerDefined: 'IC2', nationality: 'SVK',
  }, 5],
  [{
    women: words('Shanice Tanisha Keisha'), men: words('Tyrone Jermaine Marlon Leon Kieran Andre'),
    families: words('Bartley Dacres Fagan Gayle Lindo Morrison Samuels Whyte'), selfDefined: 'B1', officerDefined: 'IC3', nationality: 'GBR',
  }, 4],
  [{
    women: words('Hodan Amina Ifrah'), men: words('Abdi Mahad Yusuf Liban Guled'), families: words('Warsame Jama Farah Dirie Elmi Hersi'),
    selfDefined: 'B2', officerDefined: 'IC3', nationality: 'SOM',
  }, 2],
  [{
    women: words('Arta Blerina Elira'), men: words('Arben Ilir Besnik Dritan Ervin'), families: words('Hoxha Gjoka Leka Marku Prendi Shehu'),
    selfDefined: 'W9', officerDefined: 'IC2', nationality: 'ALB',
  }, 3],
  [{
    women: words('Linh Huong Trang'), men: words('Minh Tuan Hung Quang Duc'), families: words('Nguyen Tran Pham Hoang Vu Dang'),
    selfDefined: 'A9', officerDefined: 'IC5', nationality: 'VNM',
  }, 2],
  [{
    women: words('Shirin Rojin Hana'), men: words('Karwan Rebin Hiwa Dilshad Aram'), families: words('Barzan Hama Karim Rasul Salih Zebari'),
    selfDefined: 'O9', officerDefined: 'IC6', nationality: 'IRQ',
  }, 2],
  [{
    women: words('Folake Ngozi Amara'), men: words('Emeka Tunde Chidi Femi Kelechi'), families: words('Adebayo Balogun Eze Nwosu Okafor Olatunji'),
    selfDefined: 'B2', officerDefined: 'IC3', nationality: 'NGA',
  }, 1],
  [{
    women: words('Niamh Sinead Aoife'), men: words('Declan Eamon Cormac Padraig'), families: words('Brannigan Coughlan Delaney Heffernan Tierney'),
    selfDefined: 'W2', officerDefined: 'IC1', nationality: 'IRL',
  }, 1],
];
