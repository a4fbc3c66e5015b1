//! The numbers by which people set a password, as the command line prints them.

use renkei_app::{HandedLink, LinkPurpose};

/// The name of the command line in the log of accounts, which is empty.
pub const COMMAND_LINE: &str = "";

/// Prints the number of a link, which somebody gives to the person. It is never shown again.
pub fn tell(link: &HandedLink) {
    let (word, lasts) = match link.purpose {
        LinkPurpose::Invitation => ("招待", "7日"),
        LinkPurpose::Reset => ("再設定", "24時間"),
    };
    println!("{}（{}）さんに渡す{word}の番号：{}", link.name, link.login, link.token.text());
    println!(
        "サインインの画面の「番号を入れる」か、アドレス /links/{} で、パスワードを決めてもらってください。",
        link.token.text()
    );
    println!("一度だけ、{lasts}の間使えます。この番号は二度と表示しません。");
}
