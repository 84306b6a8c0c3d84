"""The sums that plspm's published example rests on: its 250 rows are not needed, and are not here.

Answers of 250 customers of a bank to 27 questions of the European satisfaction index, 0 to 10: the data set
`satisfaction` of the R package plspm. Sanchez (2013), PLS Path Modeling with R, 4.
"""

import numpy as np

from latido.stats.moments import of_sums

CONSTRUCTS = {
    "image": ("image1", "image2", "image3", "image4", "image5"),
    "expectations": ("expectations1", "expectations2", "expectations3", "expectations4", "expectations5"),
    "quality": ("quality1", "quality2", "quality3", "quality4", "quality5"),
    "value": ("value1", "value2", "value3", "value4"),
    "satisfaction": ("satisfaction1", "satisfaction2", "satisfaction3", "satisfaction4"),
    "loyalty": ("loyalty1", "loyalty2", "loyalty3", "loyalty4"),
}

# Σ (x − 8) by question, and Σ (x − 8)(y − 8) of every question with itself and those after it, a row each.
SUMS = """
-49 -49 -22 -31 -412 -158 -101 -217 12 -168 -298 -225 -410 -125 -246 -237 -77 -221 -383 -205 -272 -321 -369 -214 -149
-300 -100
"""
TRIANGLE = """
731 517 416 331 412 237 243 253 216 273 270 316 269 317 253 345 283 328 449 362 357 283 359 427 327 438 292
871 647 323 605 279 468 395 307 473 400 553 460 466 532 599 381 455 632 556 545 481 532 642 370 687 363
798 316 498 230 429 380 297 437 325 500 402 436 453 576 402 471 619 571 535 418 530 627 355 644 300
581 274 187 194 126 154 253 257 286 230 247 183 234 273 366 326 294 283 202 246 308 280 283 336
1950 750 724 843 397 786 1017 994 1288 772 980 1035 475 733 1265 916 1039 985 1106 1010 532 1193 497
1054 627 656 458 724 932 716 798 454 612 654 394 512 664 597 611 523 522 595 297 654 218
1201 754 449 817 714 1105 856 561 738 751 433 503 792 655 690 528 579 643 378 696 277
1469 394 787 710 826 1325 516 812 827 341 469 911 639 706 547 691 625 317 770 277
700 494 426 458 349 550 447 448 284 340 450 376 420 293 292 427 187 481 256
1406 848 895 900 580 1074 818 478 609 827 657 755 646 677 679 451 755 270
1398 978 1140 674 862 874 487 729 1051 806 867 810 815 851 514 1008 493
1521 1207 792 998 1013 622 718 1107 869 962 816 839 897 555 1053 469
2064 714 1047 1058 513 920 1302 921 1075 917 975 885 479 1110 407
887 748 670 420 536 766 591 671 555 583 743 418 841 466
1398 939 525 629 1003 742 875 787 825 897 495 991 389
1381 689 735 1124 991 1012 891 934 995 510 1114 442
839 671 616 652 662 546 561 704 362 689 472
1323 934 754 806 653 742 800 433 853 589
1825 1082 1153 1043 1118 1146 636 1323 589
1185 1036 888 959 1024 543 1099 476
1262 994 1005 994 477 1100 413
1291 1018 852 459 981 393
1499 1048 600 1176 513
1874 779 1523 870
1133 875 576
2128 840
1328
"""

# What plspm 0.4 gives with mode A, the centroid scheme and unscaled indicators.
DIRECT = {
    ("image", "expectations"): 0.578959,
    ("expectations", "quality"): 0.848344,
    ("expectations", "value"): 0.105478,
    ("quality", "value"): 0.676656,
    ("image", "satisfaction"): 0.200724,
    ("expectations", "satisfaction"): -0.002754,
    ("quality", "satisfaction"): 0.122145,
    ("value", "satisfaction"): 0.589331,
    ("image", "loyalty"): 0.275150,
    ("satisfaction", "loyalty"): 0.495479,
}
TOTAL = {
    ("image", "loyalty"): 0.518416,
    ("expectations", "loyalty"): 0.248396,
    ("quality", "loyalty"): 0.258104,
    ("value", "loyalty"): 0.292001,
    ("image", "satisfaction"): 0.490971,
}

_NAMES = tuple(name for indicators in CONSTRUCTS.values() for name in indicators)
_COUNTS = (250, 250, 250)
COVARIANCE = of_sums(
    _NAMES, np.full(27, 8.0), _COUNTS, np.fromstring(SUMS, sep=" "), np.fromstring(TRIANGLE, sep=" ")
).covariance
