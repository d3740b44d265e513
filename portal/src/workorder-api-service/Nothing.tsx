/** What a section of a page says where it has nothing to show; it takes no more room than that. */
export const Nothing = ({ text }: { text: string }) => <p className="quiet">{text}</p>;
