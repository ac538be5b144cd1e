"""Given names that are frequent in Britain: what tells "Jo Bloggs", alone on a line, from "Left Futures".

Written down by hand from what people in British politics are called; a name that is missing costs an author.
Names that are everyday words too (Will, Mark, Frank) are left out where a site could be called so.
"""

from __future__ import annotations

GIVEN = frozenset(
    (
        "aaron abdul abigail adam adrian agnes ahmed aidan aileen aisha alan alana alasdair alastair albert alec alex "
        "alexander alexandra alf alfred ali alice alison alistair alun amanda amber amelia amina amir amy ana andrea "
        "andrew andy aneurin angela angus anita ann anna anne annette annie anthony antony anwen anya archie arthur "
        "asha ashley audrey ayesha barbara barry beatrice becky belinda ben benjamin bernadette bernard bernice bert "
        "beryl bethan betty bev beverley bhavna bill billy blair bob brenda brendan brian bridget bronwen bruce bryan "
        "bryony callum calum cameron carl carla carol carole caroline carolyn carwyn cath catherine cathy cecilia "
        "ceri charlene charles charlie charlotte cheryl chloe chris christina christine christopher ciara claire "
        "clare claudia cledwyn clement clive colette colin colleen connor conor cora craig cressida cynthia cyril "
        "daisy dan daniel danielle daphne darren dave david dawn dean deborah debbie deirdre delroy delyth denis "
        "denise dennis derek des desmond diana diane diarmuid dipa dilys dinah dominic don donald donna doreen doris "
        "dorothy doug douglas duncan dylan eamonn ed eddie edith edmund edna edward edwin eileen elaine eleanor elena "
        "eleri elin elizabeth ella ellen ellie ellis elsie emily emlyn emma eric erica erik ernest ernie esther ethel "
        "euan eunice eva evelyn ewan fatima fergus femi fiona florence frances francesca francis fraser fred freda "
        "freddie gabriel gail gareth garry gary gavin gemma geoff geoffrey george georgia georgina gerald geraldine "
        "geraint gerard gerry gethin gideon gillian gina giles gladys glen glenda glenys glyn gordon grace graeme "
        "graham grant greg gregory gurinder guy gwen gwendolen gwenda gwilym gwyn gwyneth hamish hannah harbhajan "
        "harold harriet harry hassan hayley heather hector helen helena henry herbert hilary hilda howard hugh hugo "
        "huw hywel iain ian ibrahim idris ifor imogen imran ingrid iona ioan irene iris isaac isabel isabella isla "
        "ishaq islwyn ivan ivor ivy iwan jack jackie jacob jacqueline jake james jamie jan jane janet janice jasmine "
        "jason jasvir javed jay jayne jean jeanette jeff jeffrey jen jennie jennifer jenny jeremy jerry jess jessica "
        "jessie jill jim jimmy jo joan joanna joanne jocelyn joe joel john johanna johnny jon jonathan jordan joseph "
        "josephine josh joshua joy joyce juan judith judy julia julian julie june justin karen karl kate katherine "
        "kathleen kathryn kathy katie katrina katy kay keiran keir keith kelly ken kenneth kenny kerry kevin khadija "
        "khalid kieran kim kirsten kirsty kit krishna kumar kyle laura lauren laurence lawrence leah leanne lee len "
        "lena leo leon leona leonard leroy lesley leslie lewis liam lila lilian lillian lily linda lindsay lionel "
        "lisa liz lizzie llew lloyd lorna lorraine louis louise lucinda lucy luke luther lydia lyn lynda lynn lynne "
        "mabel madeleine maeve maggie mairead maisie malcolm mandy manjit manuela marc marcia marcus margaret maria "
        "marian marie marilyn marion marjorie marlene marsha martha martin martyn mary matilda matt matthew maud "
        "maureen maurice mavis max maxine may megan mehmet mel melanie melissa melvyn meredith merlyn mervyn michael "
        "michelle mick miguel mike mildred miles milly mina minnie miranda miriam mohamed mohammed moira moll mollie "
        "molly mona monica morag moses muhammad muriel myfanwy myra nadia nadine nan nancy naomi nasreen natalie "
        "natasha nathan navendu neil nell nerys nia niall nicholas nick nicky nicola nicole nigel nina noel nora "
        "noreen norma norman nye oliver olive olivia olwen omar oona oscar oswald owain owen pam pamela parveen pat "
        "patience patricia patrick paul paula pauline pearl peggy penelope penny percy pete peter petra phil philip "
        "philippa phillip phoebe phyllis polly priti priya prue quentin rachael rachel rafiq raj rajesh ralph ranjit "
        "rashid raymond rebecca reg reginald reuben rhian rhiannon rhodri rhona rhys richard rita rob robbie robert "
        "roberta robin rod roderick rodney roger roland ron ronald ronnie rory rosa rosalind rosalyn rosamund "
        "rosemary rosie ross rowena roy rupert russell ruth ryan sabrina sadia sadie sadiq said saira sally salma "
        "sam samantha samina samuel sandra sandy sanjay sara sarah sasha saul sean sebastian selina shabana shahid "
        "sharon shaun sheena sheila shelagh shirin shirley siân sian sid sidney simon simone sinead siobhan solomon "
        "sonia sophia sophie stacey stanley stella stephanie stephen steve steven stewart stuart sue sunil sunita "
        "surinder susan susanna susie suzanne sybil sylvia tahir tamsin tania tara tariq ted teresa terence terry "
        "tessa thelma theo theresa theodora thomas tim timothy tina toby tobias tom tommy toni tony tracey tracy "
        "trevor tricia trish una ursula valerie vanessa vaughan vera vernon veronica vic vicki vicky victor victoria "
        "vijay vikram vince vincent viola violet virginia vivien vivienne walter wanda wayne wendy wilfred william "
        "winifred winston yasmin yasmine yvette yvonne zac zahra zainab zara zoe zoë"
    ).split()
)


def begins_a_name(text: str) -> bool:
    """Tell whether a line begins with a given name: "Jo Bloggs" does, "Left Futures" does not."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    return first.casefold().partition("-")[0].strip("’',.") in GIVEN
