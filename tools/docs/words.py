"""What generated pages for product owners say around the features, in each language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "procedures": "The documented procedures",
        "procedures_lead": "Each procedure of the published documents, clause by clause. A page has"
        " every clause, the rules that the site has to keep, and the scenarios that show them.",
        "procedure_lead": "The sentences below are the tests themselves. Each sentence links to its"
        " entry in the [catalogue of steps](../reference/steps.md).",
        "clauses": "Clauses",
        "clause": "Clause:",
        "shown_by": "Shown by:",
        "rule": "Rule:",
        "background": "Before each scenario",
        "labels": "Labels",
        "labels_lead": "The words on buttons, links and fields, as the documents have them. A"
        " feature names a label by the word in the first column.",
        "label": "Name in the features",
    },
    "ar": {
        "procedures": "الإجراءات الموثّقة",
        "procedures_lead": "كل إجراء من الوثائق المنشورة، بندًا بندًا. تضم كل صفحة البنود والقواعد"
        " التي على الموقع أن يلتزم بها والسيناريوهات التي تُظهرها.",
        "procedure_lead": "الجمل أدناه هي الاختبارات نفسها، وأسماء الأزرار والحقول فيها كما تظهر في"
        " الصفحات العربية.",
        "clauses": "البنود",
        "clause": "البند:",
        "shown_by": "يُظهره:",
        "rule": "القاعدة:",
        "background": "قبل كل سيناريو",
        "labels": "أسماء الأزرار والحقول",
        "labels_lead": "الكلمات التي تظهر على الأزرار والروابط والحقول كما وردت في الوثائق. العمود"
        " الأول هو الاسم الذي تستخدمه السيناريوهات الإنجليزية.",
        "label": "الاسم في السيناريوهات",
    },
    "ru": {
        "procedures": "Описанные процедуры",
        "procedures_lead": "Все процедуры опубликованных документов, пункт за пунктом. На странице"
        " процедуры — её пункты, правила, которые должен соблюдать сайт, и сценарии, которые их"
        " проверяют.",
        "procedure_lead": "Предложения ниже — это сами тесты. Они написаны по-английски, а названия"
        " кнопок, ссылок и полей даны по-русски, как на русских страницах.",
        "clauses": "Пункты",
        "clause": "Пункт:",
        "shown_by": "Проверяется в сценариях:",
        "rule": "Правило:",
        "background": "Перед каждым сценарием",
        "labels": "Названия кнопок и полей",
        "labels_lead": "Слова на кнопках, ссылках и полях — так, как они даны в документах. В"
        " первом столбце — имя, под которым название стоит в английских сценариях.",
        "label": "Имя в сценариях",
    },
}
